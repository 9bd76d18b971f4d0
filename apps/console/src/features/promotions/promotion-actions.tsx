import type { Promotion } from '@kaibo/contract/offer/promotion'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { PromotionBadge } from './summary.tsx'
import { useEndPromotion, useRemovePromotion } from './use-promotions.ts'

type PromotionActionsProps = { promotion: Promotion; onCopy: () => void; onClose: () => void }

/** What can be done with a promotion besides changing it. */
export function PromotionActions({ promotion, onCopy, onClose }: PromotionActionsProps) {
  const t = useT()
  const shop = useMyShop()
  const { id, state } = promotion
  const [asks, setAsks] = useState(false)
  const end = useEndPromotion({ shopId: shop.id, id }, onClose)
  const remove = useRemovePromotion({ shopId: shop.id, id }, onClose)
  const act = state === 'draft' ? remove : end
  const word = state === 'draft' ? 'remove' : 'end'
  return (
    <div className="promotion-actions">
      <PromotionBadge state={state} />
      <Button size="s" icon="copy" onClick={onCopy}>
        {t('promotions.copy')}
      </Button>
      {state !== 'ended' && (
        <>
          <Button size="s" tone="danger" onClick={() => setAsks(true)}>
            {t(`promotions.${word}`)}
          </Button>
          <Dialog
            open={asks}
            onClose={() => setAsks(false)}
            onConfirm={() => act.run(undefined)}
            title={t(`promotions.${word}Title`)}
            confirmLabel={t(`promotions.${word}`)}
            tone="danger"
            busy={act.busy}
          >
            {t(`promotions.${word}Hint`)}
          </Dialog>
        </>
      )}
    </div>
  )
}
