import { useEffect, useEffectEvent } from 'react'
import { type Chapter, neighbour } from './model.ts'
import type { Playback } from './use-playback.ts'

const stepMs = 5_000

/** Keys of film players, unless the hand is in a field, on a control or in a sheet. */
export function useKeys(
  playback: Playback,
  film: { chapters: readonly Chapter[]; durationMs: number },
) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (isBusy(event.target)) return
    const { atMs, seek, toggle, toggleSound } = playback
    const goTo = (ms: number | undefined) => ms !== undefined && seek(ms)
    const stepBy = (ms: number) => seek(Math.min(film.durationMs, Math.max(0, atMs + ms)))
    const acts = new Map<string, () => unknown>([
      [' ', toggle],
      ['k', toggle],
      ['m', toggleSound],
      ['ArrowLeft', () => stepBy(-stepMs)],
      ['ArrowRight', () => stepBy(stepMs)],
      ['n', () => goTo(neighbour(film.chapters, atMs, 'next'))],
      ['p', () => goTo(neighbour(film.chapters, atMs, 'previous'))],
    ])
    const act = acts.get(event.key)
    if (!act) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

const isBusy = (target: EventTarget | null): boolean =>
  document.querySelector('dialog[open]') !== null ||
  (target instanceof Element &&
    target.closest('input, textarea, select, button, a, [role="log"]') !== null)
