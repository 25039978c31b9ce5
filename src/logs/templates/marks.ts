/** Stands for any value. */
export const WILD = '<*>';

/** Stands for three and more values in a row. */
export const MANY = '<+>';
