/** A section of a markdown document: from its heading to the next one. Lines are numbered from 0. */
export type RunbookSection = {
  /** 1 to 6; 0 for what stands before the first heading. */
  level: number;
  heading: string;
  /** Headings that it stands under, outermost first. */
  path: string[];
  text: string;
};

const HEADING = /^ {0,3}(#{1,6})[ \t]{1,8}(\S.{0,300})$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
/** Lines of one document that are looked at. */
const MOST_LINES = 20_000;

/**
 * Cuts markdown at its headings (CommonMark 0.31: ATX and setext, not within fenced code). Linear in
 * the length of the text.
 */
export function sectionsOf(markdown: string): RunbookSection[] {
  const sections: RunbookSection[] = [];
  const open: { level: number; heading: string }[] = [];
  let lines: string[] = [];
  let current = { level: 0, heading: '' };
  let fence = '';
  const close = (): void => {
    const path = open.slice(0, -1).map(({ heading }) => heading);
    const text = lines.join('\n').trim();
    if (text !== '') sections.push({ ...current, path, text });
    lines = [];
  };
  for (const line of markdown.split(/\r?\n/, MOST_LINES)) {
    const mark = FENCE.exec(line.slice(0, 200))?.[1] ?? '';
    const isFence = mark !== '';
    if (isFence && fence === '') fence = mark;
    else if (isFence && mark[0] === fence[0] && mark.length >= fence.length) fence = '';
    const found = fence === '' && !isFence ? headingOf(line, lines.at(-1)) : null;
    if (!found) {
      lines.push(line);
      continue;
    }
    const isSetext = found.heading === '';
    const heading = isSetext ? (lines.pop() ?? '').trim() : found.heading;
    close();
    while ((open.at(-1)?.level ?? 0) >= found.level) open.pop();
    current = { level: found.level, heading };
    open.push(current);
    lines.push(`${'#'.repeat(found.level)} ${heading}`);
  }
  close();
  return sections;
}

/** An empty heading says that it is the line before (setext). */
function headingOf(
  line: string,
  before: string | undefined,
): { level: number; heading: string } | null {
  const text = line.slice(0, 400);
  const atx = HEADING.exec(text);
  if (atx)
    return { level: atx[1]?.length ?? 1, heading: (atx[2] ?? '').replace(/[ \t]#{1,6}$/, '') };
  const setext = UNDERLINE.exec(text);
  if (!setext || before === undefined || !/^ {0,3}[^\s#>|*+`-]/.test(before)) return null;
  return { level: setext[1]?.startsWith('=') ? 1 : 2, heading: '' };
}
