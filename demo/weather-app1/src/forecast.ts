import type { ProviderForecast } from './provider.ts';

export type Weather = {
  latitude: number;
  longitude: number;
  time: string;
  temperature: string;
  wind: string;
  humidity: string;
};

/** Our answer for a place, from what the provider says of it. */
export function toWeather(forecast: ProviderForecast): Weather {
  const { current } = forecast;
  return {
    latitude: forecast.latitude,
    longitude: forecast.longitude,
    time: current.time,
    temperature: `${current.temperature_2m.toFixed(1)} °C`,
    wind: `${current.wind_speed_10m.toFixed(1)} km/h`,
    humidity: describeHumidity(forecast),
  };
}

/** The humidity of the current hour, or `unknown` where the provider has none for it. */
function describeHumidity(forecast: ProviderForecast): string {
  const hour = `${forecast.current.time.slice(0, 13)}:00`;
  const at = forecast.hourly.time.indexOf(hour);
  const humidity = forecast.hourly.relative_humidity_2m[at];
  return humidity === undefined ? 'unknown' : `${humidity.toFixed(0)} %`;
}
