import type { Order, Receiver } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { useWorkplace } from '../../account/workplace.tsx'
import { ReceiverDialog } from '../desk/receiver-dialog.tsx'
import { actionsOf } from '../model.ts'

/** Who gets the parcel: masked, until somebody asks for it in full, which is recorded. */
export function ReceiverCard({ order }: { order: Order }) {
  const t = useT()
  const { can } = useWorkplace()
  const [full, setFull] = useState<Receiver>()
  const [isChanging, setChanging] = useState(false)
  const reveal = useActionOf(() => api.order.reveal({ shopId: order.shop.id, id: order.id }), {
    onDone: setFull,
  })
  const receiver = full ?? order.receiver
  if (!receiver) return null
  return (
    <section className="section">
      <header className="order-card-row">
        <h2>{t('order.receiver')}</h2>
        {full ? (
          <CopyButton
            text={`${full.name} ${full.phone} ${full.address}`}
            label={t('order.copyReceiver')}
          />
        ) : (
          can('order.reveal') && (
            <Button size="s" icon="eye" busy={reveal.busy} onClick={() => reveal.run(undefined)}>
              {t('order.reveal')}
            </Button>
          )
        )}
      </header>
      <div className="order-receiver" aria-live="polite">
        <p>
          <strong>{receiver.name}</strong> <span className="k-num">{receiver.phone}</span>
        </p>
        <p>{receiver.address}</p>
        <small className="k-muted">{full ? t('order.revealed') : t('order.masked')}</small>
      </div>
      {can('order.reveal') && actionsOf(order).canChangeReceiver && (
        <>
          <button type="button" className="text-button" onClick={() => setChanging(true)}>
            {t('desk.receiver.title')}
          </button>
          <ReceiverDialog
            order={order}
            open={isChanging}
            onClose={() => {
              setChanging(false)
              setFull(undefined)
            }}
          />
        </>
      )}
    </section>
  )
}
