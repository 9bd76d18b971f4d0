export type ToastTone = 'plain' | 'success' | 'error'
/** What can be done about what was told, such as taking it back. */
export type ToastAction = { label: string; act: () => void }
export type ToastItem = { id: number; tone: ToastTone; text: string; action?: ToastAction }

const shownMax = 3
const shownMs: Readonly<Record<ToastTone, number>> = { plain: 3_500, success: 3_500, error: 6_000 }
/** Long enough to read what happened and to reach the button by keyboard. */
const offeredMs = 12_000

let items: readonly ToastItem[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Short messages that come and go by themselves; callable from anywhere, also outside React. */
export const toast = {
  show: (text: string): void => add('plain', text),
  success: (text: string): void => add('success', text),
  error: (text: string): void => add('error', text),
  /** Says what was done and offers the way back for a while. */
  offer: (text: string, action: ToastAction): void => add('plain', text, action),
}

/** What shows now; for `useSyncExternalStore`. */
export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  items: (): readonly ToastItem[] => items,
}

function add(tone: ToastTone, text: string, action?: ToastAction): void {
  const item = { id: nextId++, tone, text, ...(action ? { action } : {}) }
  // The same words again restart their time instead of piling up.
  replace([...items.filter(shown => shown.text !== text), item].slice(-shownMax))
  setTimeout(() => dismissToast(item), action ? offeredMs : shownMs[tone])
}

export const dismissToast = ({ id }: Pick<ToastItem, 'id'>): void =>
  replace(items.filter(shown => shown.id !== id))

function replace(next: readonly ToastItem[]): void {
  items = next
  for (const listener of listeners) listener()
}
