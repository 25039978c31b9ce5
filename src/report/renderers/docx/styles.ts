import {
  AlignmentType,
  type ILevelsOptions,
  type IPropertiesOptions,
  LevelFormat,
  LineRuleType,
} from 'docx';

const FONT = 'Calibri';
const MONO = 'Consolas';
const INK = '1A1A1A';
const FAINT = '595959';
const LINK = '005A8C';

/** Real styles, so that a reader can restyle the whole document and navigate by headings. */
export const STYLES: IPropertiesOptions['styles'] = {
  default: {
    document: {
      run: { font: FONT, size: 21, color: INK, language: { value: 'en-GB' } },
      paragraph: { spacing: { after: 120, line: 276, lineRule: LineRuleType.AUTO } },
    },
    title: {
      run: { font: FONT, size: 52, bold: true, color: INK },
      paragraph: { spacing: { before: 2400, after: 120 } },
    },
    heading1: heading(32, 360),
    heading2: heading(26, 280),
    heading3: heading(22, 200),
    hyperlink: { run: { color: LINK, underline: {} } },
  },
  paragraphStyles: [
    {
      id: 'Subtitle',
      name: 'Subtitle',
      basedOn: 'Normal',
      next: 'Normal',
      quickFormat: true,
      run: { size: 26, color: FAINT },
      paragraph: { spacing: { after: 360 } },
    },
    {
      id: 'Caption',
      name: 'caption',
      basedOn: 'Normal',
      next: 'Normal',
      quickFormat: true,
      run: { size: 18, color: FAINT },
      paragraph: { spacing: { before: 60, after: 120 }, keepNext: true },
    },
    {
      id: 'FigureCaption',
      name: 'Figure Caption',
      basedOn: 'Normal',
      run: { size: 18, color: FAINT },
      paragraph: { spacing: { before: 60, after: 240 } },
    },
    {
      id: 'Code',
      name: 'Code',
      basedOn: 'Normal',
      quickFormat: true,
      run: { font: MONO, size: 16 },
      paragraph: {
        spacing: { after: 0, line: 228, lineRule: LineRuleType.AUTO },
        shading: { fill: 'F5F6F7' },
      },
    },
    {
      id: 'Quoted',
      name: 'Quoted Evidence',
      basedOn: 'Normal',
      run: { font: MONO, size: 17 },
      paragraph: { indent: { left: 340 }, spacing: { after: 60 } },
    },
    {
      id: 'ToFillIn',
      name: 'To Fill In',
      basedOn: 'Normal',
      quickFormat: true,
      run: { italics: true, color: '7A5200' },
      paragraph: { indent: { left: 200 }, spacing: { after: 160 }, shading: { fill: 'FBF6EA' } },
    },
    {
      id: 'Cell',
      name: 'Table Cell',
      basedOn: 'Normal',
      run: { size: 19 },
      paragraph: { spacing: { before: 40, after: 40, line: 250, lineRule: LineRuleType.AUTO } },
    },
    { id: 'CellHead', name: 'Table Head', basedOn: 'Cell', run: { bold: true, color: FAINT } },
    {
      id: 'ContentsHeading',
      name: 'Contents Heading',
      basedOn: 'Normal',
      next: 'Normal',
      run: { size: 32, bold: true },
      paragraph: { spacing: { after: 200 } },
    },
    {
      id: 'TOC1',
      name: 'toc 1',
      basedOn: 'Normal',
      next: 'Normal',
      paragraph: { spacing: { after: 60 } },
    },
    {
      id: 'TOC2',
      name: 'toc 2',
      basedOn: 'Normal',
      next: 'Normal',
      paragraph: { indent: { left: 240 }, spacing: { after: 40 } },
    },
  ],
};

function heading(size: number, before: number) {
  return {
    run: { font: FONT, size, bold: true, color: INK },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  };
}

const BOXED = '\u2610';

/** The lists of a document; each numbered list counts anew by its own instance. */
export const NUMBERING: NonNullable<IPropertiesOptions['numbering']> = {
  config: [
    { reference: 'bullet', levels: [level(LevelFormat.BULLET, '\u2022')] },
    { reference: 'check', levels: [level(LevelFormat.BULLET, BOXED, 'Segoe UI Symbol')] },
    { reference: 'number', levels: [level(LevelFormat.DECIMAL, '%1.')] },
  ],
};

function level(
  format: (typeof LevelFormat)[keyof typeof LevelFormat],
  text: string,
  font?: string,
): ILevelsOptions {
  return {
    level: 0,
    format,
    text,
    alignment: AlignmentType.LEFT,
    style: {
      paragraph: { indent: { left: 425, hanging: 425 } },
      ...(font === undefined ? {} : { run: { font } }),
    },
  };
}
