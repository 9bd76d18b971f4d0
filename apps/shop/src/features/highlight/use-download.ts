import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useEffect, useEffectEvent, useState } from 'react'

const askEveryMs = 2_000

/** A copy of a clip: asked for, waited for while the server writes the shop's name on it, saved. */
export function useDownload(clipId: string) {
  const [state, setState] = useState<'none' | 'making' | 'failed'>('none')
  const ask = useActionOf(() => api.clip.askDownload({ id: clipId }), {
    onDone({ state: told }) {
      if (told !== 'ready') return setState(told)
      setState('none')
      save(`/api/clips/${clipId}/download`)
    },
    onRefused() {
      setState('none')
      return false
    },
  })
  const askAgain = useEffectEvent(() => ask.run(undefined))
  const isMaking = state === 'making'
  useEffect(() => {
    if (!isMaking) return
    const timer = setInterval(() => askAgain(), askEveryMs)
    return () => clearInterval(timer)
  }, [isMaking])
  return {
    isMaking: isMaking || ask.busy,
    hasFailed: state === 'failed',
    start: () => ask.run(undefined),
  }
}

/** The answer says that it is a file to be kept, so the page stays. */
function save(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
