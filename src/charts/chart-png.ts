import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { DEJAVU_SANS } from '#src/charts/font/dejavu-sans.ts';
import { DEJAVU_SANS_BOLD } from '#src/charts/font/dejavu-sans-bold.ts';

/**
 * Turns SVGs into PNG bytes, twice as large for sharp screens. Text is set in a font that lies in
 * the program, and no file or address that an SVG may name is looked at, so the same SVG gives the
 * same bytes everywhere.
 */
export type Rasterizer = (svg: string, scale?: number) => Uint8Array;

// WebAssembly is made ready once in a process; a second time is an error of the library.
const once: { ready?: Promise<Rasterizer> } = {};

/** Loads the WebAssembly module once (about 100 ms) and gives what draws with it. */
export function loadRasterizer(): Promise<Rasterizer> {
  once.ready ??= start();
  return once.ready;
}

async function start(): Promise<Rasterizer> {
  const file = fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'));
  await initWasm(await readFile(file));
  const fontBuffers = [DEJAVU_SANS, DEJAVU_SANS_BOLD].map((text) => Buffer.from(text, 'base64'));
  return (svg, scale = 2) => {
    const image = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: scale },
      font: {
        fontBuffers,
        loadSystemFonts: false,
        defaultFontFamily: 'DejaVu Sans',
        sansSerifFamily: 'DejaVu Sans',
      },
    });
    const rendered = image.render();
    const bytes = rendered.asPng();
    rendered.free();
    image.free();
    return bytes;
  };
}
