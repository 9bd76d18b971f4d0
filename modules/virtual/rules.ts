import { fail } from '@kaibo/contract/core/fail'
import { hourMs } from '@kaibo/kernel/clock'

/** `AB12****9F`: the ends of a long code, nothing of a short one. */
export function maskCode(code: string): string {
  const letters = [...code]
  if (letters.length < 8) return '*'.repeat(letters.length)
  const shown = letters.length < 12 ? 2 : 4
  return `${letters.slice(0, shown).join('')}****${letters.slice(-2).join('')}`
}

/** Until when a booking of a slot may be changed. */
export const cancelUntil = (slot: { startsAt: Date }, { cancelHours }: { cancelHours: number }) =>
  new Date(slot.startsAt.getTime() - cancelHours * hourMs)

/** Throws `virtual.too_late` when a booked slot may no longer be left. */
export function decideLeave(
  slot: { startsAt: Date },
  rule: { cancelHours: number },
  now: Date,
): void {
  if (now > cancelUntil(slot, rule)) throw fail('virtual.too_late')
}

/** Throws `virtual.slot_times`. */
export function decideTimes(slot: { startsAt: Date; endsAt: Date }): void {
  if (!(slot.startsAt < slot.endsAt)) throw fail('virtual.slot_times')
}
