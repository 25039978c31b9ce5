import { type Edit, editAll, put, type Step, type Tree, undoAll } from './edit.ts';
import { treeOfService } from './tree-of-service.ts';

const RANGE_CHECK: Edit[] = [
  {
    file: 'src/place.ts',
    from: '  const isValid = !Number.isNaN(latitude + longitude);\n',
    to: '  const isValid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;\n',
  },
];

const STATUS_IN_ERROR: Edit[] = [
  {
    file: 'src/provider.ts',
    from: "    throw new ProviderError('weather provider failed', 502);\n",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written to a file
    to: '    throw new ProviderError(`weather provider answered HTTP ${response.status}`, 502);\n',
  },
];

/** Brings the bug: where a station has no humidity there is no value to round. */
const HOURLY_HELPER: Edit[] = [
  {
    file: 'src/forecast.ts',
    from: `/** The humidity of the current hour, or \`unknown\` where the provider has none for it. */
function describeHumidity(forecast: ProviderForecast): string {
  const hour = \`\${forecast.current.time.slice(0, 13)}:00\`;
  const at = forecast.hourly.time.indexOf(hour);
  const humidity = forecast.hourly.relative_humidity_2m[at];
  return humidity === undefined ? 'unknown' : \`\${humidity.toFixed(0)} %\`;
}
`,
    to: `/** The humidity of the current hour, with one decimal. */
function describeHumidity(forecast: ProviderForecast): string {
  return \`\${hourly(forecast, 'relative_humidity_2m').toFixed(1)} %\`;
}

/** An hourly value for the current hour. */
function hourly(forecast: ProviderForecast, name: 'relative_humidity_2m'): number {
  const hour = \`\${forecast.current.time.slice(0, 13)}:00\`;
  return forecast.hourly[name][forecast.hourly.time.indexOf(hour)] as number;
}
`,
  },
];

const README = `# weather-app1

The weather of a place, from Open-Meteo. Run it with \`node src/main.ts\`, test it with
\`node --test\`.
`;

/** Changes code and nothing that it does. */
const WIND_UNIT: Edit[] = [
  {
    file: 'src/forecast.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written to a file
    from: '    wind: `${current.wind_speed_10m.toFixed(1)} km/h`,\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written to a file
    to: '    wind: `${current.wind_speed_10m.toFixed(1)} ${WIND_UNIT}`,\n',
  },
  {
    file: 'src/forecast.ts',
    from: "import type { ProviderForecast } from './provider.ts';\n",
    to: "import type { ProviderForecast } from './provider.ts';\n\nconst WIND_UNIT = 'km/h';\n",
  },
];

export type WeatherHistory = {
  start: Tree;
  steps: Step[];
  /** Number of commits at the end that are not live when the demo begins. */
  held: number;
  /** Which of the steps brings the bug, from 0; null where none does. */
  guilty: number | null;
};

/**
 * The history of weather-app1: what is live, and what the demo deploys.
 * @param deployBrings the bug among other commits, or nothing that could do harm
 */
export function weatherHistory(deployBrings: 'bug' | 'harmless'): WeatherHistory {
  const live = treeOfService('weather-app1');
  const oldest = undoAll(undoAll(live, STATUS_IN_ERROR), RANGE_CHECK);
  const before: Step[] = [
    {
      message: 'Serve the weather of a place from Open-Meteo',
      author: 'Ada Meyer',
      hoursAgo: 24 * 9,
      change: (tree) => tree,
    },
    {
      message: 'Refuse coordinates that are not on earth',
      author: 'Jon Okafor',
      hoursAgo: 24 * 5,
      change: (tree) => editAll(tree, RANGE_CHECK),
    },
    {
      message: "Name the provider's status in our error",
      author: 'Ada Meyer',
      hoursAgo: 30,
      change: (tree) => editAll(tree, STATUS_IN_ERROR),
    },
  ];
  const bug: Step = {
    message: 'Read hourly values through one helper, humidity with one decimal',
    author: 'Jon Okafor',
    hoursAgo: 2.2,
    change: (tree) => editAll(tree, HOURLY_HELPER),
  };
  const harmless: Step = {
    message: 'Name the unit of the wind in one place',
    author: 'Jon Okafor',
    hoursAgo: 2.2,
    change: (tree) => editAll(tree, WIND_UNIT),
  };
  const readme: Step = {
    message: 'Say in the README how to run and test it',
    author: 'Ada Meyer',
    hoursAgo: 0.4,
    change: (tree) => put(tree, 'README.md', README),
  };
  const steps = [...before, deployBrings === 'bug' ? bug : harmless, readme];
  return { start: oldest, steps, held: 2, guilty: deployBrings === 'bug' ? before.length : null };
}
