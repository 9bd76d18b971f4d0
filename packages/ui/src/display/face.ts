const huesMax = 6

/** One of six colours that stays the same for a name. */
export function hueOf(name: string): number {
  let sum = 0
  for (const char of name) sum += char.codePointAt(0) ?? 0
  return sum % huesMax
}

/** The first letter of a name, for a face without a picture. */
export const initialOf = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '·'
