import type { VerdictKind } from '@kaibo/contract/media/patrol-life'
import { useEffect, useEffectEvent } from 'react'
import { verdictKeys } from './model.ts'

/** The letters of the verdicts, also in a drawer, but not under a question that is being asked. */
export function useVerdictKeys(judge: (kind: VerdictKind) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const kind = verdictKeys[event.key]
    const isTyping =
      event.target instanceof Element && event.target.matches('input, textarea, select')
    if (!kind || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('dialog[open]')) return
    event.preventDefault()
    judge(kind)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
