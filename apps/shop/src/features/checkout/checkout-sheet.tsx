import type { Order } from '@kaibo/contract/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { specText } from '../product/model.ts'
import { AddressPicker } from './address-picker.tsx'
import './checkout.css'
import { type Draft, firstAddress, requestOf } from './model.ts'

type CheckoutSheetProps = {
  draft: Draft | null
  onClose: () => void
  onPlaced: (order: Order) => void
}

/** Address, price, note: what the buyer agrees to. */
export function CheckoutSheet({ draft, onClose, onPlaced }: CheckoutSheetProps) {
  const t = useT()
  const [note, setNote] = useState('')
  const [addressId, setAddressId] = useState<string>()
  const preview = useQueryOf(
    ['preview', draft?.lines],
    () => api.order.preview({ lines: draft?.lines ?? [] }),
    { enabled: draft !== null },
  )
  const addresses = useQueryOf(['addresses'], () => api.account.addresses(), {
    enabled: draft !== null,
  })
  const known = addresses.data?.items
  const address = known?.find(candidate => candidate.id === addressId) ?? firstAddress(known)
  const place = useActionOf(api.order.place, {
    refresh: [['orders'], ['product'], ['bag']],
    onDone: onPlaced,
    onRefused(error) {
      if (error.code !== 'order.price_changed') return false
      toast.error(error.message)
      void preview.refetch()
      return true
    },
  })
  const submit = () => {
    if (!draft || !preview.data || !address) return
    place.run(requestOf(draft, { addressId: address.id, note, preview: preview.data }))
  }
  return (
    <Sheet
      open={draft !== null}
      onClose={onClose}
      title={t('checkout.title')}
      theme="paper"
      tall
      footer={
        <div className="checkout-foot">
          {preview.data && <Price fen={preview.data.payableFen} size="l" />}
          <Button
            tone="primary"
            size="l"
            busy={place.busy}
            disabled={!preview.data || !address}
            onClick={submit}
          >
            {t('checkout.place')}
          </Button>
        </div>
      }
    >
      {known && <AddressPicker addresses={known} chosen={address} onChoose={setAddressId} />}
      {preview.error && (
        <ErrorState onRetry={() => void preview.refetch()}>{preview.error.message}</ErrorState>
      )}
      {!preview.data && !preview.error && <SkeletonList rows={2} />}
      {preview.data && (
        <>
          <ul className="checkout-lines" aria-label={preview.data.shop.name}>
            {preview.data.lines.map(line => (
              <li key={line.skuId}>
                {line.pictureUrl && <img src={line.pictureUrl} alt="" />}
                <div>
                  <strong className="k-clamp" style={{ '--lines': 2 }}>
                    {line.title}
                  </strong>
                  <span className="k-muted">{specText(line.spec)}</span>
                </div>
                <div className="checkout-amount">
                  <Price fen={line.unitPriceFen} size="s" tone="plain" />
                  <span className="k-muted">×{line.quantity}</span>
                </div>
              </li>
            ))}
          </ul>
          <TextField
            label={t('checkout.note')}
            optional
            maxLength={200}
            value={note}
            onChange={event => setNote(event.target.value)}
          />
          <dl className="checkout-sum">
            <div>
              <dt>{t('checkout.items')}</dt>
              <dd>
                <Price fen={preview.data.itemsFen} size="s" tone="plain" />
              </dd>
            </div>
            <div>
              <dt>{t('checkout.shipping')}</dt>
              <dd>
                {preview.data.shippingFen === 0 ? (
                  t('checkout.free')
                ) : (
                  <Price fen={preview.data.shippingFen} size="s" tone="plain" />
                )}
              </dd>
            </div>
          </dl>
        </>
      )}
    </Sheet>
  )
}
