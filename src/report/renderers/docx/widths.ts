const LEAST = 800;
/** Twentieths of a point that a character of a table takes, roughly. */
const CHARACTER = 115;
const PADDING = 200;

/**
 * Widths of a table's columns that fill the page: short columns get what they need, long ones share
 * the rest by how much they hold.
 * @param rows texts of the cells, the head first
 * @returns a width a column; they add up to `total`
 */
export function columnWidths(rows: readonly (readonly string[])[], total: number): number[] {
  const columns = rows[0]?.length ?? 0;
  const needs = Array.from({ length: columns }, (_, at) => {
    const lengths = rows.map((row) => row[at]?.length ?? 0);
    const words = rows.map((row) => longestWord(row[at] ?? ''));
    return {
      least: Math.max(LEAST, Math.min(Math.max(...words), 16) * CHARACTER + PADDING),
      wish: Math.max(LEAST, Math.min(Math.max(...lengths), 240) * CHARACTER + PADDING),
    };
  });
  const least = needs.reduce((sum, need) => sum + need.least, 0);
  const wish = needs.reduce((sum, need) => sum + need.wish, 0);
  const raw = needs.map((need) => {
    if (least >= total) return (need.least / least) * total;
    if (wish <= total) return (need.wish / wish) * total;
    return need.least + ((need.wish - need.least) / (wish - least)) * (total - least);
  });
  const widths = raw.map(Math.floor);
  const last = widths.length - 1;
  const used = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width, at) => (at === last ? width + total - used : width));
}

function longestWord(text: string): number {
  return text.split(' ').reduce((most, word) => Math.max(most, word.length), 0);
}
