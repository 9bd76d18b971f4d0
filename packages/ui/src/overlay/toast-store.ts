export type ToastTone = 'plain' | 'success' | 'error'
export type ToastItem = { id: number; tone: ToastTone; text: string }

const shownMax = 3
const shownMs: Readonly<Record<ToastTone, number>> = { plain: 3_500, success: 3_500, error: 6_000 }

let items: readonly ToastItem[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Short messages that come and go by themselves; callable from anywhere, also outside React. */
export const toast = {
  show: (text: string): void => add('plain', text),
  success: (text: string): void => add('success', text),
  error: (text: string): void => add('error', text),
}

/** What shows now; for `useSyncExternalStore`. */
export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  items: (): readonly ToastItem[] => items,
}

function add(tone: ToastTone, text: string): void {
  const item = { id: nextId++, tone, text }
  // The same words again restart their time instead of piling up.
  replace([...items.filter(shown => shown.text !== text), item].slice(-shownMax))
  setTimeout(() => replace(items.filter(shown => shown.id !== item.id)), shownMs[tone])
}

function replace(next: readonly ToastItem[]): void {
  items = next
  for (const listener of listeners) listener()
}
