import { useState } from 'react'

const storageKey = 'kaibo.danmaku'

/** Whether words may fly here at all: not for who asked for calm. */
export const mayFly = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches

/** Flying words are off until they are wished for; the wish is remembered. */
export function useDanmakuSetting(): readonly [isOn: boolean, set: (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => mayFly() && stored() === 'on')
  return [
    isOn,
    next => {
      setOn(next)
      store(next ? 'on' : 'off')
    },
  ]
}

// Storage is refused in some private modes; the wish then lasts as long as the page.
function stored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function store(value: string): void {
  try {
    localStorage.setItem(storageKey, value)
  } catch {}
}
