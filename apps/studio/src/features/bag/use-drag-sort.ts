import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Drag, targetPlace } from './drag.ts'

/** Sorting with finger or mouse: press the handle of a row, pull it to its new place. */
export function useDragSort(onMove: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const isDragging = drag !== null

  const contentY = (clientY: number) => clientY - (list.current?.getBoundingClientRect().top ?? 0)
  const follow = useEffectEvent((clientY: number) => {
    if (!drag) return
    const pulledPx = contentY(clientY) - drag.startPx
    setDrag({ ...drag, pulledPx, to: targetPlace(drag, pulledPx) })
  })
  const drop = useEffectEvent(() => {
    setDrag(null)
    if (drag && drag.to !== drag.from) onMove(drag.from, drag.to)
  })
  useEffect(() => {
    if (!isDragging) return
    const onPointerMove = (event: globalThis.PointerEvent) => follow(event.clientY)
    const onPointerUp = () => drop()
    const cancel = () => setDrag(null)
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && cancel()
    addEventListener('pointermove', onPointerMove)
    addEventListener('pointerup', onPointerUp)
    addEventListener('pointercancel', cancel)
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('pointermove', onPointerMove)
      removeEventListener('pointerup', onPointerUp)
      removeEventListener('pointercancel', cancel)
      removeEventListener('keydown', onKeyDown)
    }
  }, [isDragging])

  const start = (event: PointerEvent, from: number) => {
    if (event.button !== 0 || !list.current) return
    const rows = Array.from(list.current.children, row => ({
      topPx: row instanceof HTMLElement ? row.offsetTop : 0,
      heightPx: row.clientHeight,
    }))
    setDrag({ from, to: from, startPx: contentY(event.clientY), pulledPx: 0, rows })
  }
  return { list, drag, start }
}
