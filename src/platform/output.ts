/** Where results go. Only results: progress and talk go to stderr through the logger. */
export type Output = {
  /** Writes text as it is; resolves when the text was taken over. */
  write(text: string): Promise<void>;
  /** Columns of the terminal, or 80 where there is none. */
  readonly columns: number;
  readonly isTty: boolean;
};

/** stdout. A reader that goes away (`| head`) ends the writing quietly. */
export function stdoutOutput(): Output {
  let closed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') closed = true;
    else throw error;
  });
  return {
    // A terminal without a size says that it has none.
    columns: process.stdout.columns || 80,
    isTty: process.stdout.isTTY === true,
    write: (text) =>
      new Promise((resolve) => {
        if (closed) resolve();
        else process.stdout.write(text, () => resolve());
      }),
  };
}
