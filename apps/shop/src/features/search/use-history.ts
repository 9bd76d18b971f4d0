import { useSyncExternalStore } from 'react'
import { remembered } from './model.ts'

const storageKey = 'kaibo.searches'
const listeners = new Set<() => void>()
let history: readonly string[] | undefined

function read(): readonly string[] {
  if (history) return history
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    history = Array.isArray(kept) ? kept.filter(each => typeof each === 'string') : []
  } catch {
    history = []
  }
  return history
}

function write(next: readonly string[]): void {
  history = next
  try {
    localStorage.setItem(storageKey, JSON.stringify(next))
  } catch {
    // A browser that keeps nothing remembers until the page is closed.
  }
  for (const tell of listeners) tell()
}

const listen = (tell: () => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** What was looked for on this device; it never leaves it. */
export const useSearchHistory = () => ({
  items: useSyncExternalStore(listen, read),
  add: (words: string) => write(remembered(read(), words)),
  clear: () => write([]),
})
