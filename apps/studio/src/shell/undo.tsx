import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useSyncExternalStore } from 'react'

type Offer = { id: number; text: string; undo: () => void }

/** Long enough to read what happened and to reach the button by keyboard. */
const offeredMs = 12_000

let offer: Offer | null = null
let nextId = 1
const listeners = new Set<() => void>()

function show(next: Offer | null): void {
  offer = next
  for (const listener of listeners) listener()
}

/** Says what was done and offers the way back for a while; a newer offer takes its place. */
export function offerUndo(text: string, undo: () => void): void {
  const id = nextId++
  show({ id, text, undo })
  setTimeout(() => offer?.id === id && show(null), offeredMs)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where the offer to undo stands: once per page. */
export function UndoBar() {
  const t = useT()
  const shown = useSyncExternalStore(subscribe, () => offer)
  return (
    <div className="undo" role="status">
      {shown && (
        <p key={shown.id} className="undo-offer" data-theme="room">
          <span>{shown.text}</span>
          <Button
            size="s"
            onClick={() => {
              show(null)
              shown.undo()
            }}
          >
            {t('undo.undo')}
          </Button>
          <IconButton icon="close" label={t('undo.close')} onClick={() => show(null)} />
        </p>
      )}
    </div>
  )
}
