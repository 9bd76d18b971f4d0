const two = (value: number) => String(value).padStart(2, '0')

/** An instant as a date-time field of this device shows it: `2026-11-22T20:00`. */
export const localText = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`

/** What a date-time field says as an instant; null when it says nothing. */
export function instantOf(text: string): string | null {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}
