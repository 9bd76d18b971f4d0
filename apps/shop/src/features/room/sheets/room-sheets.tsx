import type { Comment } from '@kaibo/contract/show/chat'
import { useCode } from '../../../shell/use-code.ts'
import { BagSheet } from '../../bag/bag-sheet.tsx'
import type { Talk } from '../../chat/use-talk.ts'
import type { Buying } from '../../checkout/buy-sheets.tsx'
import type { Opened } from '../opened.ts'
import type { useRoom } from '../use-room.ts'
import { MenuSheet } from './menu-sheet.tsx'

const fetchCouponSheet = async () => (await import('../../coupon/coupon-sheet.tsx')).CouponSheet
const fetchBuySheets = async () => (await import('../../checkout/buy-sheets.tsx')).BuySheets
const fetchPollSheet = async () => (await import('../../poll/poll-sheet.tsx')).PollSheet
const fetchStorySheet = async () => (await import('../../story/story-sheet.tsx')).StorySheet
const fetchMessageSheet = async () =>
  (await import('../../chat/sheets/message-sheet.tsx')).MessageSheet
const fetchThreadSheet = async () =>
  (await import('../../chat/sheets/thread-sheet.tsx')).ThreadSheet

type RoomSheetsProps = {
  liveId: string
  room: ReturnType<typeof useRoom>
  talk: Talk
  opened: Opened
  onOpen: (opened: Opened) => void
  buying: Buying | null
  onBuying: (buying: Buying | null) => void
  danmaku: readonly [isOn: boolean, set: (isOn: boolean) => void]
  /** A product is looked at, to buy it. */
  onBuy: (productId: string) => void
  onCarted: (productId: string) => void
}

/** The bag, the coupons, the talk, and buying, over the picture. */
export function RoomSheets(props: RoomSheetsProps) {
  const { liveId, room: state, opened, onOpen, buying, onBuying } = props
  const { room, bag, sale, roomToken } = state
  const what = opened?.what
  const close = () => onOpen(null)
  // The picture comes first; what a buyer needs next follows it.
  const soon = state.playerState === 'playing' ? 'soon' : 'later'
  const BuySheets = useCode(fetchBuySheets, buying ? 'now' : soon)
  const CouponSheet = useCode(fetchCouponSheet, what === 'coupons' ? 'now' : soon)
  return (
    <>
      <BagSheet open={what === 'bag'} onClose={close} bag={bag} sale={sale} onBuy={props.onBuy} />
      {CouponSheet && room.data && (
        <CouponSheet open={what === 'coupons'} onClose={close} shopId={room.data.shop.id} />
      )}
      <MenuSheet open={what === 'menu'} onOpen={onOpen} danmaku={props.danmaku} picture={state} />
      <SideSheets {...props} />
      <TalkSheets {...props} />
      {BuySheets && (
        <BuySheets
          buying={buying}
          onBuying={onBuying}
          source={{ kind: 'live', id: liveId }}
          roomToken={roomToken}
          onCarted={props.onCarted}
          onPlaced={close}
        />
      )}
    </>
  )
}

/** What is beside the video: polls, stories and comparisons. */
function SideSheets({ liveId, opened, onOpen, onBuy }: RoomSheetsProps) {
  const what = opened?.what
  const PollSheet = useCode(fetchPollSheet, what === 'polls' ? 'now' : 'later')
  const StorySheet = useCode(fetchStorySheet, what === 'stories' ? 'now' : 'later')
  const close = () => onOpen(null)
  return (
    <>
      {PollSheet && <PollSheet liveId={liveId} open={what === 'polls'} onClose={close} />}
      {StorySheet && (
        <StorySheet liveId={liveId} open={what === 'stories'} onClose={close} onBuy={onBuy} />
      )}
    </>
  )
}

/** One message, and the comment area. */
function TalkSheets({ liveId, room: { room, chat }, talk, opened, onOpen }: RoomSheetsProps) {
  const what = opened?.what
  const MessageSheet = useCode(fetchMessageSheet, what === 'message' ? 'now' : 'later')
  const ThreadSheet = useCode(fetchThreadSheet, what === 'threads' ? 'now' : 'later')
  const close = () => onOpen(null)
  const closeFirst = (act: (comment: Comment) => void) => (comment: Comment) => {
    close()
    act(comment)
  }
  return (
    <>
      {MessageSheet && room.data && (
        <MessageSheet
          place={{ shopId: room.data.shop.id, liveId }}
          comment={opened?.what === 'message' ? opened.comment : null}
          chat={chat}
          onClose={close}
          onReply={closeFirst(talk.reply)}
          onMention={closeFirst(talk.mention)}
          onThread={({ id }) => onOpen({ what: 'threads', rootId: id })}
        />
      )}
      {ThreadSheet && (
        <ThreadSheet
          liveId={liveId}
          open={what === 'threads'}
          onClose={close}
          rootId={opened?.what === 'threads' ? opened.rootId : null}
          onRoot={rootId => onOpen({ what: 'threads', rootId })}
        />
      )}
    </>
  )
}
