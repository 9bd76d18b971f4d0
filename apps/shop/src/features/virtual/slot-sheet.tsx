import type { VirtualGoods } from '@kaibo/contract/trade/virtual'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { placesLeft } from './model.ts'

type SlotSheetProps = {
  open: boolean
  onClose: () => void
  orderId: string
  goods: VirtualGoods
}

/** The slots that can still be booked. */
export function SlotSheet(props: SlotSheetProps) {
  const t = useT()
  return (
    <Sheet open={props.open} onClose={props.onClose} title={t('virtual.choose')} theme="paper">
      {props.open && <Slots {...props} />}
    </Sheet>
  )
}

function Slots({ goods, orderId, onClose }: SlotSheetProps) {
  const t = useT()
  const format = useFormat()
  const { data } = useQueryOf(['slots', goods.skuId], () =>
    api.virtual.openSlots({ id: goods.skuId }),
  )
  const book = useActionOf(
    (slotId: string) => api.virtual.book({ id: orderId, lineId: goods.lineId, slotId }),
    { refresh: [['orders'], ['slots']], onDone: onClose },
  )
  if (!data) return <SkeletonList rows={4} />
  const open = data.slots.filter(slot => placesLeft(slot) >= goods.quantity)
  if (open.length === 0) return <Empty icon="clock" title={t('virtual.noSlots')} />
  return (
    <List label={t('virtual.choose')} inset>
      {open.map(slot => (
        <ListItem
          key={slot.id}
          title={`${format.dateTime(slot.startsAt)} – ${format.time(slot.endsAt)}`}
          body={[slot.place, t('virtual.places', { count: placesLeft(slot) })]
            .filter(Boolean)
            .join(' · ')}
          onPress={() => book.run(slot.id)}
        />
      ))}
    </List>
  )
}
