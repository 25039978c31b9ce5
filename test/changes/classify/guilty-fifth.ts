import type { GuiltyCase } from './guilty-code.ts';

export const GUILTY_FIFTH: readonly GuiltyCase[] = [
  [
    'python conditional expression',
    'app/rows.py',
    `
-    return row.value if row else 0
+    return row.value
`,
    ['guard-removed'],
  ],
  [
    'python short circuit',
    'app/rows.py',
    `
-    name = user and user.name
+    name = user.name
`,
    ['guard-removed'],
  ],
  [
    'javascript short circuit',
    'src/rows.js',
    `
-  const name = user && user.name;
+  const name = user.name;
`,
    ['guard-removed'],
  ],
  [
    'ruby ternary',
    'app/rows.rb',
    `
-    user ? user.name : "-"
+    user.name
`,
    ['guard-removed'],
  ],
  [
    'php ternary',
    'src/Rows.php',
    `
-        return $row ? $row->value : 0;
+        return $row->value;
`,
    ['guard-removed'],
  ],
];
