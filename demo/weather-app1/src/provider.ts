/** What is used of an answer of Open-Meteo's `GET /v1/forecast`. */
export type ProviderForecast = {
  latitude: number;
  longitude: number;
  current: { time: string; temperature_2m: number; wind_speed_10m: number };
  hourly: { time: string[]; relative_humidity_2m: number[] };
};

/** The provider did not give a forecast. */
export class ProviderError extends Error {
  readonly statusCode: number;

  constructor(message: string, statusCode: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ProviderError';
    this.statusCode = statusCode;
  }
}

const TIMEOUT_MS = 1500;

/** Asks the provider for a place. @throws ProviderError 504 when it is late, 502 when it fails */
export async function fetchForecast(
  baseUrl: string,
  latitude: number,
  longitude: number,
): Promise<ProviderForecast> {
  const query = new URLSearchParams({
    latitude: String(latitude),
    longitude: String(longitude),
    current: 'temperature_2m,wind_speed_10m',
    hourly: 'relative_humidity_2m',
    forecast_days: '1',
  });
  let response: Response;
  try {
    response = await fetch(`${baseUrl}/v1/forecast?${query}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw isLate
      ? new ProviderError(`weather provider did not answer within ${TIMEOUT_MS} ms`, 504, error)
      : new ProviderError('weather provider cannot be reached', 502, error);
  }
  if (!response.ok) {
    throw new ProviderError(`weather provider answered HTTP ${response.status}`, 502);
  }
  return (await response.json()) as ProviderForecast;
}
