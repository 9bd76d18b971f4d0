import type { VirtualSku } from '@kaibo/contract/trade/virtual'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { CountField, WindowFields } from '../../components/form/fields.tsx'
import { instantOf } from '../../components/form/local-time.ts'
import { parseCount } from '../../components/form/yuan.ts'
import { Pager } from '../../components/list/pager.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { virtualKey } from './use-virtual.ts'

type SlotPanelProps = { sku: VirtualSku; shopId: string }

const pageSize = 20
const empty = { startsText: '', endsText: '', place: '', capacityText: '10' }

/** The time slots of a SKU that is booked. */
export function SlotPanel({ sku: { skuId }, shopId }: SlotPanelProps) {
  const t = useT()
  const format = useFormat()
  const key = [...virtualKey(shopId), 'slots', skuId]
  const pages = usePages(key, cursor =>
    api.virtual.slots({ shopId, skuId, limit: pageSize, ...cursor }),
  )
  const remove = useActionOf((id: string) => api.virtual.removeSlot({ shopId, skuId, id }), {
    refresh: [key],
  })
  return (
    <div className="k-stack">
      <NewSlot skuId={skuId} shopId={shopId} />
      <ul className="code-list">
        {pages.items.map(slot => (
          <li key={slot.id}>
            <span>
              <span className="k-num">
                {format.dateTime(slot.startsAt)} – {format.time(slot.endsAt)}
              </span>{' '}
              <span className="k-muted">{slot.place}</span>
            </span>
            <span className="k-num">
              {t('virtual.taken', { taken: slot.taken, capacity: slot.capacity })}
            </span>
            {slot.taken === 0 && (
              <Button size="s" busy={remove.busy} onClick={() => remove.run(slot.id)}>
                {t('virtual.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Pager pages={pages} />
    </div>
  )
}

function NewSlot({ skuId, shopId }: { skuId: string; shopId: string }) {
  const t = useT()
  const [draft, setDraft] = useState(empty)
  const change = (fields: Partial<typeof empty>) => setDraft({ ...draft, ...fields })
  const startsAt = instantOf(draft.startsText)
  const endsAt = instantOf(draft.endsText)
  const capacity = parseCount(draft.capacityText, 10_000)
  const add = useActionOf(
    (slot: { startsAt: string; endsAt: string; capacity: number }) =>
      api.virtual.putSlot({ shopId, skuId, id: newId(), place: draft.place.trim(), ...slot }),
    { refresh: [[...virtualKey(shopId), 'slots', skuId]], onDone: () => setDraft(empty) },
  )
  const isWhole = startsAt !== null && endsAt !== null && capacity !== null
  return (
    <form
      className="k-card section"
      onSubmit={event => {
        event.preventDefault()
        if (isWhole) add.run({ startsAt, endsAt, capacity })
      }}
    >
      <h2>{t('virtual.newSlot')}</h2>
      <WindowFields startsText={draft.startsText} endsText={draft.endsText} onChange={change} />
      <div className="form-pair">
        <TextField
          label={t('virtual.place')}
          optional
          maxLength={100}
          value={draft.place}
          onChange={event => change({ place: event.target.value })}
        />
        <CountField
          label={t('virtual.capacity')}
          value={draft.capacityText}
          onChange={capacityText => change({ capacityText })}
        />
      </div>
      <Button type="submit" tone="primary" busy={add.busy} disabled={!isWhole}>
        {t('virtual.addSlot')}
      </Button>
    </form>
  )
}
