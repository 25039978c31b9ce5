/** How the values of a series behave, gathered in one pass. */
export type SampleProfile = {
  count: number;
  min: number;
  max: number;
  first: number;
  last: number;
  rises: number;
  falls: number;
  /** Falls to less than half of the value before. */
  deepFalls: number;
  integers: boolean;
  /** All values are 0 or 1. */
  binary: boolean;
};

/** @param values finite numbers in the order of time */
export function profileOf(values: Float64Array): SampleProfile {
  const profile: SampleProfile = {
    count: values.length,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    first: values[0] ?? 0,
    last: values.at(-1) ?? 0,
    rises: 0,
    falls: 0,
    deepFalls: 0,
    integers: true,
    binary: true,
  };
  let before = profile.first;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (value < profile.min) profile.min = value;
    if (value > profile.max) profile.max = value;
    if (profile.integers && !Number.isInteger(value)) profile.integers = false;
    if (profile.binary && value !== 0 && value !== 1) profile.binary = false;
    if (value > before) profile.rises += 1;
    else if (value < before) {
      profile.falls += 1;
      if (value < before * 0.5) profile.deepFalls += 1;
    }
    before = value;
  }
  if (values.length === 0) {
    profile.min = 0;
    profile.max = 0;
    profile.binary = false;
  }
  return profile;
}
