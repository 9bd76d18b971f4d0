import { useState } from 'react'

const storageKey = (liveId: string) => `kaibo.studio.script.${liveId}`
export const scriptCharsMax = 20_000

/** The script of a session: kept by this browser alone, the server never sees it. */
export function useScript(liveId: string) {
  const [text, setText] = useState(() => stored(liveId))
  return {
    text,
    write(next: string) {
      setText(next)
      store(liveId, next)
    },
  }
}

// Storage is refused in some private modes; the script then lasts as long as the page.
function stored(liveId: string): string {
  try {
    return localStorage.getItem(storageKey(liveId)) ?? ''
  } catch {
    return ''
  }
}

function store(liveId: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(storageKey(liveId))
    else localStorage.setItem(storageKey(liveId), text)
  } catch {}
}
