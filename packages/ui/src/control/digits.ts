const phoneDigitsMax = 11

/** The digits of a mobile number as somebody typed or pasted it, country code taken off. */
export function phoneDigits(typed: string): string {
  const digits = typed.replace(/\D/g, '')
  const isInternational = /^\s*(\+|00)/.test(typed) || digits.length > phoneDigitsMax
  const national = isInternational ? digits.replace(/^(00)?86/, '') : digits
  return national.slice(0, phoneDigitsMax)
}

/** `13800138000` → `138 0013 8000`, also while it is still being typed. */
export function spacedPhone(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join(' ')
}

/** The digits of a code from typed or pasted text such as `【开播】123 456`, at most `length`. */
export function codeDigits(typed: string, length: number): string {
  return typed.replace(/\D/g, '').slice(0, length)
}
