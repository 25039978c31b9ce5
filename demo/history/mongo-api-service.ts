import { type Edit, editAll, put, type Step, type Tree, undoAll } from './edit.ts';
import { treeOfService } from './tree-of-service.ts';

const SHORTER_CHECK: Edit[] = [
  {
    file: 'src/database.ts',
    from: 'const CHECK_EVERY_MS = 15000;\n',
    to: 'const CHECK_EVERY_MS = 5000;\n',
  },
];

const README = `# mongo-api-service

Items in MongoDB: create, read, update and delete under \`/items/\`.
`;

/** The history of mongo-api-service; all of it is live. */
export function mongoHistory(): { start: Tree; steps: Step[] } {
  const oldest = undoAll(treeOfService('mongo-api-service'), SHORTER_CHECK);
  const steps: Step[] = [
    {
      message: 'Items in MongoDB',
      author: 'Ada Meyer',
      hoursAgo: 24 * 8,
      change: (tree) => tree,
    },
    {
      message: 'Ask MongoDB every five seconds whether it is there',
      author: 'Jon Okafor',
      hoursAgo: 24 * 3,
      change: (tree) => editAll(tree, SHORTER_CHECK),
    },
    {
      message: 'Add a README',
      author: 'Ada Meyer',
      hoursAgo: 3,
      change: (tree) => put(tree, 'README.md', README),
    },
  ];
  return { start: oldest, steps };
}
