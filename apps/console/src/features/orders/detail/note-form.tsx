import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { flags } from '../list/filters.ts'
import { ordersKey } from '../use-orders.ts'

/** What the shop notes for itself; the buyer never sees it. */
export function NoteForm({ order }: { order: Order }) {
  const t = useT()
  const [text, setText] = useState(order.merchantNote)
  const [flag, setFlag] = useState(order.merchantFlag)
  const save = useActionOf(
    () => api.orderdesk.setNote({ shopId: order.shop.id, id: order.id, text: text.trim(), flag }),
    { refresh: [[...ordersKey(order.shop.id)]] },
  )
  const isChanged = text.trim() !== order.merchantNote || flag !== order.merchantFlag
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        save.run(undefined)
      }}
    >
      <TextareaField
        label={t('desk.note.title')}
        hint={t('desk.note.hint')}
        optional
        rows={2}
        maxLength={300}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <div className="order-card-row">
        <fieldset className="flag-choice" aria-label={t('narrow.flag')}>
          {flags.map(each => (
            <label key={each} title={t(`flag.${each}`)}>
              <input
                type="radio"
                name="flag"
                className="k-sr"
                checked={flag === each}
                aria-label={t(`flag.${each}`)}
                onChange={() => setFlag(each)}
              />
              <span className="order-flag" data-flag={each} />
            </label>
          ))}
        </fieldset>
        {isChanged && (
          <Button type="submit" size="s" tone="primary" busy={save.busy}>
            {t('desk.note.save')}
          </Button>
        )}
      </div>
    </form>
  )
}
