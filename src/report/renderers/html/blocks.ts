import { chartSvg } from '#src/charts/chart-svg.ts';
import type { Block, CitedText, TableRow } from '#src/report/model/report.ts';
import type { CiteWriter } from '#src/report/renderers/html/cites.ts';
import { html } from '#src/report/renderers/html/escape.ts';

const NARROW = { width: 380 };
/** A word that may be broken anywhere, so that a table does not leave the page. */
const LONG_WORD = /\S{25}/;

/** A block as HTML. */
export function blockHtml(block: Block, cites: CiteWriter): string {
  switch (block.type) {
    case 'heading':
      return `<h3>${html(block.text)}</h3>`;
    case 'paragraph':
      return `<div class="p">${cited(block, cites)}</div>`;
    case 'prompt':
      return `<p class="prompt">${html(block.text)}</p>`;
    case 'list':
      return listHtml(block, cites);
    case 'facts':
      return `<dl>${block.rows
        .map(
          ({ label, value, cites: ids }) =>
            `<div><dt>${html(label)}</dt><dd>${html(value)} ${cites(ids)}</dd></div>`,
        )
        .join('\n')}</dl>`;
    case 'table':
      return tableHtml(block, cites);
    case 'code':
      return `<figure class="code"><figcaption>${html(block.caption)}</figcaption>${pre(block.text, block.caption)}</figure>`;
    case 'chart': {
      const { signal, marks, caption } = block;
      return (
        `<figure class="chart-figure"><div class="wide">${chartSvg(signal, marks)}</div>` +
        `<div class="narrow">${chartSvg(signal, marks, NARROW)}</div>` +
        `<figcaption>${html(caption)} ${cites([{ id: signal.id, quotes: [] }])}</figcaption></figure>`
      );
    }
  }
}

/** Text that keeps its lines; can be reached and scrolled by keyboard. */
export function pre(text: string, label: string): string {
  return `<pre tabindex="0" role="region" aria-label="${html(label)}">${html(text)}</pre>`;
}

function cited({ text, cites: ids }: CitedText, cites: CiteWriter): string {
  return `<span>${html(text)}</span> ${cites(ids)}`;
}

function listHtml(block: Extract<Block, { type: 'list' }>, cites: CiteWriter): string {
  const tag = block.style === 'number' ? 'ol' : 'ul';
  const kind = block.style === 'check' ? ' class="check"' : '';
  const items = block.items.map((item) => `<li>${cited(item, cites)}</li>`).join('\n');
  return `<${tag}${kind}>\n${items}\n</${tag}>`;
}

function tableHtml(block: Extract<Block, { type: 'table' }>, cites: CiteWriter): string {
  const hasCites = block.rows.some((row) => row.cites.length > 0);
  const columns = hasCites ? [...block.columns, 'Evidence'] : block.columns;
  const head = columns.map((name) => `<th scope="col">${html(name)}</th>`).join('');
  const rows = block.rows.map((row) => `<tr>${cells(row, columns, hasCites, cites)}</tr>`);
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="${html(block.caption)}">` +
    `<table><caption>${html(block.caption)}</caption><thead><tr>${head}</tr></thead>` +
    `<tbody>\n${rows.join('\n')}\n</tbody></table></div>`
  );
}

function cells(
  row: TableRow,
  columns: readonly string[],
  hasCites: boolean,
  cites: CiteWriter,
): string {
  const own = row.cells.map(
    (cell, at) =>
      `<td${LONG_WORD.test(cell) ? ' class="long"' : ''} data-label="${html(columns[at] ?? '')}">${html(cell)}</td>`,
  );
  if (hasCites) own.push(`<td data-label="Evidence">${cites(row.cites)}</td>`);
  return own.join('');
}
