import type { Replay } from '@kaibo/contract/media/recording'
import type { LiveRoom } from '@kaibo/contract/show/live'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { useSignals } from '../bag/use-signals.ts'
import type { Buying } from '../checkout/buy-sheets.tsx'
import { useDanmakuSetting } from '../danmaku/setting.ts'
import { RoomPage } from '../room/page.tsx'
import { useSales } from '../sale/use-sales.ts'
import { useShareEntry } from '../share/use-share-entry.ts'
import { Controls } from './controls.tsx'
import { bagOf, chapterAt, chaptersOf, isPreviewIn, startMsIn, ticketIn } from './model.ts'
import './replay.css'
import { type Opened, ReplaySheets } from './replay-sheets.tsx'
import { ReplaySide } from './replay-side.tsx'
import { ReplayStage } from './replay-stage.tsx'
import { useKeys } from './use-keys.ts'
import { usePlayback } from './use-playback.ts'
import { useReplay } from './use-replay.ts'
import { useSaid } from './use-said.ts'

/** A show that is over, in the look of its room, and still selling; before its end the room itself. */
export function ReplayPage({ liveId }: { liveId: string }) {
  const room = useQueryOf(['room', liveId], () => api.live.room({ id: liveId }))
  const end = room.data?.endedAt ? { endedAt: room.data.endedAt, now: room.data.now } : null
  const isPreview = isPreviewIn(location.search)
  const replay = useReplay(liveId, end, isPreview ? room.data?.shop.id : undefined)
  usePageTitle(room.data?.title)
  useShareEntry(liveId, room.data?.shop.id)
  // What the platform ended has no replay; its room says why.
  if (room.data && (!end || room.data.stopReason)) return <RoomPage liveId={liveId} />
  if (room.data && replay.data) {
    return (
      <Film
        room={room.data}
        replay={replay.data}
        isComing={replay.isComing}
        isPreview={isPreview}
        onRetry={() => {
          void replay.refetch()
          // It may be on air again.
          void room.refetch()
        }}
      />
    )
  }
  const failed = [room, replay].find(({ error }) => error !== null)
  return (
    <main className="room room-missing" data-theme="room">
      {failed?.error ? (
        <Trouble
          error={failed.error}
          onRetry={() => void failed.refetch()}
          busy={failed.isFetching}
        />
      ) : (
        <Spinner />
      )}
    </main>
  )
}

type FilmProps = {
  room: LiveRoom
  replay: Replay
  isComing: boolean
  /** The shop itself looks at it. */
  isPreview: boolean
  onRetry: () => void
}

function Film({ room, replay, isComing, isPreview, onRetry }: FilmProps) {
  const { id: liveId } = room
  const { durationMs, products } = replay
  const isReady = replay.state === 'ready'
  const [startMs] = useState(() => startMsIn(location.search))
  const playback = usePlayback(startMs)
  const said = useSaid(liveId, {
    ...{ isReady, durationMs, atMs: playback.atMs },
    ticket: isPreview ? ticketIn(replay.play?.url) : undefined,
  })
  const sale = useSales({ shopId: room.shop.id })
  const danmaku = useDanmakuSetting()
  const [opened, setOpened] = useState<Opened>(null)
  const { buying, setBuying, buy } = useBuying(liveId)
  const chapters = chaptersOf(products)
  const now = isReady ? chapterAt(chapters, playback.atMs) : undefined
  const bag = bagOf(products, now)
  const goOn = () => {
    // A fresh address, if the old one is over, opens by itself.
    onRetry()
    playback.player.current?.retry()
  }
  const choose = ({ fromMs }: { fromMs: number }) => playback.seek(fromMs)
  const shared = { liveId, chapters, now, bag, sale, onChoose: choose }
  useKeys(playback, { chapters, durationMs })
  return (
    <main className="room replay" data-theme="room" data-scene={isReady ? 'replay' : 'ended'}>
      {room.coverUrl && <img className="room-backdrop" src={room.coverUrl} alt="" />}
      <ReplayStage
        {...{ room, replay, isComing, isPreview, playback, startMs, said }}
        onRetry={goOn}
        withDanmaku={danmaku[0] && isReady}
      >
        {isReady && (
          <Controls
            {...{ liveId, playback, durationMs, chapters, danmaku }}
            bagCount={bag.items.length}
            onOpen={setOpened}
          />
        )}
      </ReplayStage>
      {isReady && <ReplaySide {...shared} room={room} said={said.feed} onBuy={buy} />}
      <ReplaySheets
        {...shared}
        opened={opened}
        onClose={() => setOpened(null)}
        buying={buying}
        onBuying={setBuying}
      />
    </main>
  )
}

/** What is being bought; the shop counts what people look at. */
function useBuying(liveId: string) {
  const [buying, setBuying] = useState<Buying | null>(null)
  const signal = useSignals(liveId)
  return {
    ...{ buying, setBuying },
    buy(productId: string) {
      signal({ kind: 'click', productId })
      setBuying({ productId })
    },
  }
}
