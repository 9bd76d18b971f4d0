import { useCode } from '../../shell/use-code.ts'
import type { Buying } from '../checkout/buy-sheets.tsx'
import { BagSheet } from './bag-sheet.tsx'
import type { useRoom } from './use-room.ts'

const fetchCouponSheet = async () => (await import('../coupon/coupon-sheet.tsx')).CouponSheet
const fetchBuySheets = async () => (await import('../checkout/buy-sheets.tsx')).BuySheets

/** What lies over the picture besides buying. */
export type Opened = 'bag' | 'coupons' | null

type RoomSheetsProps = {
  liveId: string
  room: ReturnType<typeof useRoom>
  opened: Opened
  onClose: () => void
  buying: Buying | null
  onBuying: (buying: Buying | null) => void
}

/** The bag, the coupons, and buying, over the picture. */
export function RoomSheets(props: RoomSheetsProps) {
  const { liveId, room: state, opened, onClose, buying, onBuying } = props
  const { room, bag, sale, roomToken } = state
  // The picture comes first; what a buyer needs next follows it.
  const soon = state.playerState === 'playing' ? 'soon' : 'later'
  const BuySheets = useCode(fetchBuySheets, buying ? 'now' : soon)
  const CouponSheet = useCode(fetchCouponSheet, opened === 'coupons' ? 'now' : soon)
  return (
    <>
      <BagSheet
        open={opened === 'bag'}
        onClose={onClose}
        bag={bag}
        sale={sale}
        onBuy={productId => onBuying({ productId })}
      />
      {CouponSheet && room.data && (
        <CouponSheet open={opened === 'coupons'} onClose={onClose} shopId={room.data.shop.id} />
      )}
      {BuySheets && (
        <BuySheets
          buying={buying}
          onBuying={onBuying}
          source={{ kind: 'live', id: liveId }}
          roomToken={roomToken}
          onPlaced={onClose}
        />
      )}
    </>
  )
}
