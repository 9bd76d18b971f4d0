import type { BagItem } from '@kaibo/contract/show/showcase'
import { useEffect, useEffectEvent } from 'react'
import { wishOfKey } from './model.ts'

/** Number keys explain, wherever the focus is but in a field or a dialog. */
export function useNumberKeys(
  items: readonly BagItem[],
  onExplain: (productId: string | null) => void,
): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    const { target } = event
    const isTyping =
      target instanceof HTMLElement &&
      target.closest('input, textarea, select, [contenteditable], dialog') !== null
    const wish = isTyping ? undefined : wishOfKey(event.key, items)
    if (!wish) return
    event.preventDefault()
    onExplain(wish.explainId)
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
