/**
 * Telemetry is hostile: escape sequences move the cursor, bidi marks reorder what is read,
 * zero-width characters hide text. These functions make outside text inert for people's eyes.
 */

// CSI, OSC (ended by BEL or ST), and two-byte escapes; all bounded so that the scan stays linear.
const ANSI =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,2048}(?:\u0007|\u001b\\)?|[PX^_][^\u001b]{0,2048}(?:\u001b\\)?|[ -/]{0,4}[0-~])|\u009b[0-?]{0,64}[ -/]{0,8}[@-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each is removed on its own
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]/g;

/** Takes out ANSI sequences, control characters (tab and newline stay), bidi and invisible characters. */
export function neutralize(text: string): string {
  return text
    .replace(ANSI, '')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL, '�')
    .replace(INVISIBLE, '');
}

/** {@link neutralize}, on one line: newlines and tabs become single blanks. */
export function oneLine(text: string): string {
  return neutralize(text).replace(/\s+/g, ' ').trim();
}
