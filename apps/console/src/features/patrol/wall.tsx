import type { PatrolRoom } from '@kaibo/contract/media/patrol'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useShortcuts } from '../../components/use-shortcuts.ts'
import { JudgeForm, type Trial } from './judge-form.tsx'
import { stepOnWall, verdictKeys, wallOrder } from './model.ts'
import { RoomDrawer } from './room-drawer.tsx'
import { Tile } from './tile.tsx'
import type { useWall } from './use-patrol.ts'

type WallProps = {
  wall: ReturnType<typeof useWall>
  openId: string | null
  onOpen: (id: string | null) => void
}

/** All rooms, worked with the keyboard: arrows, Enter, and a letter for each verdict. */
export function Wall({ wall, openId, onOpen }: WallProps) {
  const t = useT()
  const sentence = useErrorSentence()
  const [trial, setTrial] = useState<Trial | null>(null)
  if (!wall.data) {
    if (!wall.error) return <SkeletonList rows={6} />
    return <ErrorState onRetry={() => void wall.refetch()}>{sentence(wall.error)}</ErrorState>
  }
  const rooms = wallOrder(wall.data.items)
  return (
    <>
      {rooms.length === 0 ? (
        <Empty icon="eye" title={t('patrol.empty.wall')}>
          {t('patrol.empty.wallHint')}
        </Empty>
      ) : (
        <Tiles rooms={rooms} now={wall.data.now} onOpen={onOpen} onJudge={setTrial} />
      )}
      <RoomDrawer
        id={openId}
        isOnAir={rooms.some(({ live }) => live.id === openId)}
        isOnTrial={trial !== null}
        onClose={() => onOpen(null)}
        onJudge={setTrial}
      />
      <JudgeForm
        trial={trial}
        onClose={() => setTrial(null)}
        onDone={kind => kind !== 'warn' && onOpen(null)}
      />
    </>
  )
}

type Keys = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'preventDefault'>

type TilesProps = {
  rooms: readonly PatrolRoom[]
  now: string
  onOpen: (id: string) => void
  onJudge: (trial: Trial) => void
}

function Tiles({ rooms, now, onOpen, onJudge }: TilesProps) {
  const t = useT()
  const list = useRef<HTMLUListElement>(null)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const at = Math.max(
    0,
    rooms.findIndex(({ live }) => live.id === chosenId),
  )
  const judge = (key: string) => {
    const room = rooms.find(({ live }) => live.id === chosenId)
    const kind = verdictKeys[key]
    if (room && kind) onJudge({ room, kind, pictureId: room.picture?.id ?? null })
  }
  useShortcuts({ w: () => judge('w'), c: () => judge('c'), b: () => judge('b') })
  const step = (event: Keys) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const columns = list.current
      ? getComputedStyle(list.current).gridTemplateColumns.split(' ').length
      : 1
    const to = stepOnWall(event.key, { at, count: rooms.length, columns })
    const isChosen = rooms.some(({ live }) => live.id === chosenId)
    // The first key chooses; only the next one moves on.
    const next = to === null ? undefined : rooms[isChosen ? to : at]
    if (!next) return
    event.preventDefault()
    list.current?.querySelector<HTMLElement>(`[data-id="${next.live.id}"]`)?.focus()
  }
  // The wall takes the arrows from the moment when the page opens, before anything has the focus.
  const stepFromPage = useEffectEvent((event: KeyboardEvent) => {
    if (event.target === document.body) step(event)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => stepFromPage(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <p className="patrol-keys k-muted">{t('patrol.keys')}</p>
      <ul ref={list} className="patrol-wall" aria-label={t('patrol.view.wall')} onKeyDown={step}>
        {rooms.map((room, place) => (
          <Tile
            key={room.live.id}
            room={room}
            now={now}
            isChosen={room.live.id === chosenId}
            isStop={place === at}
            onChoose={() => setChosenId(room.live.id)}
            onOpen={() => onOpen(room.live.id)}
          />
        ))}
      </ul>
    </>
  )
}
