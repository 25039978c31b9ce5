/** Labels by which alerts, series and logs of one environment know each other. */
export const ENVIRONMENT_LABELS = ['namespace', 'cluster', 'env', 'environment', 'stage'] as const;
