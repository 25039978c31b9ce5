/** Preloaded by the benchmark: says the process's largest resident set in kilobytes when it ends. */
process.on('exit', () => {
  process.stderr.write(`peak=${process.resourceUsage().maxRSS}\n`);
});
