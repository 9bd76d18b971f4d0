import { useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useCode } from '../../shell/use-code.ts'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { useSignals } from '../bag/use-signals.ts'
import { useTalk } from '../chat/use-talk.ts'
import type { Buying } from '../checkout/buy-sheets.tsx'
import { useDanmakuSetting } from '../danmaku/setting.ts'
import { useShareEntry } from '../share/use-share-entry.ts'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { sceneOf } from './model.ts'
import type { Opened } from './opened.ts'
import { RoomSide } from './room-side.tsx'
import { RoomStage } from './room-stage.tsx'
import { useRoom } from './use-room.ts'
import './room.css'

const fetchSheets = async () => (await import('./sheets/room-sheets.tsx')).RoomSheets

/** The live room. Sheets lie over the picture; nothing in here ever unmounts the `<video>`. */
export function RoomPage({ liveId }: { liveId: string }) {
  const whenSignedIn = useSignedIn()
  const state = useRoom(liveId)
  const [opened, setOpened] = useState<Opened>(null)
  const { buying, setBuying, buy, carted } = useBuying(liveId)
  const { room, likes, chat } = state
  const danmaku = useDanmakuSetting()
  const talk = useTalk()
  // The picture comes first; what may lie on it follows.
  const soon = state.playerState === 'playing' ? 'soon' : 'later'
  const RoomSheets = useCode(fetchSheets, opened || buying ? 'now' : soon)
  usePageTitle(room.data?.title)
  useShareEntry(liveId, room.data?.shop.id)

  if (room.error && !room.data) {
    return (
      <main className="room room-missing" data-theme="room">
        <Trouble error={room.error} onRetry={() => void room.refetch()} busy={room.isFetching} />
      </main>
    )
  }
  const scene = room.data ? sceneOf(room.data, { isOut: chat.exile !== null }) : 'live'
  const like = () => whenSignedIn(likes.tap)
  return (
    <main className="room" data-theme="room" data-scene={scene}>
      {room.data?.coverUrl && <img className="room-backdrop" src={room.data.coverUrl} alt="" />}
      <RoomStage
        liveId={liveId}
        room={state}
        scene={scene}
        onLike={like}
        onOpen={setOpened}
        withDanmaku={danmaku[0]}
      />
      <RoomSide
        liveId={liveId}
        room={state}
        scene={scene}
        talk={talk}
        onLike={like}
        onOpen={setOpened}
        onBuy={buy}
      />
      {RoomSheets && (
        <RoomSheets
          liveId={liveId}
          room={state}
          talk={talk}
          danmaku={danmaku}
          opened={opened}
          onOpen={setOpened}
          buying={buying}
          onBuying={setBuying}
          onBuy={buy}
          onCarted={carted}
        />
      )}
    </main>
  )
}

/** What is being bought; the host is told what people look at. */
function useBuying(liveId: string) {
  const [buying, setBuying] = useState<Buying | null>(null)
  const signal = useSignals(liveId)
  return {
    ...{ buying, setBuying },
    buy(productId: string) {
      signal({ kind: 'click', productId })
      setBuying({ productId })
    },
    carted: (productId: string) => signal({ kind: 'cart', productId }),
  }
}
