import { Icon, type IconName } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { Thumbs } from '../attitude/thumbs.tsx'
import { openPoll } from '../poll/model.ts'
import { usePolls } from '../poll/use-polls.ts'
import { useStories } from '../story/use-stories.ts'
import type { Opened } from './opened.ts'
import type { useRoom } from './use-room.ts'

type RoomChipsProps = {
  liveId: string
  room: ReturnType<typeof useRoom>
  onOpen: (opened: Opened) => void
}

/** Under the host: what people think of the room, and what there is besides the video. */
export function RoomChips({ liveId, room: { coupons }, onOpen }: RoomChipsProps) {
  const t = useT()
  const { polls, offsetMs } = usePolls(liveId)
  const stories = useStories(liveId)
  const running = openPoll(polls)
  const couponCount = coupons.data?.items.length ?? 0
  const chip = (what: 'coupons' | 'stories', icon: IconName, label: string) => (
    <button type="button" className="room-chip" onClick={() => onOpen({ what })}>
      <Icon name={icon} />
      {label}
    </button>
  )
  return (
    <>
      <Thumbs liveId={liveId} />
      {couponCount > 0 && chip('coupons', 'ticket', t('coupon.open', { count: couponCount }))}
      {stories.length > 0 && chip('stories', 'image', t('story.title'))}
      <span role="status">
        {running && (
          <button
            type="button"
            className="room-chip"
            data-now
            onClick={() => onOpen({ what: 'polls' })}
          >
            <Icon name="poll" />
            {t(`poll.now.${running.kind}`)}
            {running.closesAt && (
              <Countdown look="text" endsAtMs={Date.parse(running.closesAt)} offsetMs={offsetMs} />
            )}
          </button>
        )}
      </span>
    </>
  )
}
