/** A place on earth in degrees. */
export type Place = { latitude: number; longitude: number };

/** Reads `latitude=52.5&longitude=13.4`. @returns null when a number is missing or out of range */
export function parsePlace(text: string): Place | null {
  const parameters = new URLSearchParams(text);
  const latitude = Number.parseFloat(parameters.get('latitude') ?? '');
  const longitude = Number.parseFloat(parameters.get('longitude') ?? '');
  const isValid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isValid ? { latitude, longitude } : null;
}
