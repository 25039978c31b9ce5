/** Shows what is being done on a terminal; does nothing elsewhere. `null` takes it away. */
export type Progress = (text: string | null) => void;

/**
 * A spinner on stderr with the elapsed time, only where stderr is a terminal. One that says it is no
 * column wide gets none: a spinner clears its lines by dividing by the width, for ever.
 */
export async function createProgress(isOn: boolean): Promise<Progress> {
  if (!isOn || process.stderr.isTTY !== true || !process.stderr.columns) return () => {};
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false });
  const started = performance.now();
  return (text) => {
    if (text === null) {
      spinner.stop();
      return;
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    spinner.text = `${text} (${seconds} s)`;
    if (!spinner.isSpinning) spinner.start();
  };
}
