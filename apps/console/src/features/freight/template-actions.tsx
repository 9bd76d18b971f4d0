import type { FreightTemplate } from '@kaibo/contract/trade/freight'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { useDefaultTemplate, useRemoveTemplate } from './use-freight.ts'

type TemplateActionsProps = {
  template: FreightTemplate
  onCopy: () => void
  onClose: () => void
}

/** What can be done with a template besides changing it. */
export function TemplateActions({ template, onCopy, onClose }: TemplateActionsProps) {
  const t = useT()
  const shop = useMyShop()
  const owned = { shopId: shop.id, id: template.id }
  const [asks, setAsks] = useState(false)
  const choose = useDefaultTemplate(owned, onClose)
  const remove = useRemoveTemplate(owned, onClose)
  return (
    <div className="template-actions">
      <small className="k-muted">{t('freight.version', { version: template.version })}</small>
      <Button size="s" icon="copy" onClick={onCopy}>
        {t('freight.copy')}
      </Button>
      {template.isDefault ? (
        <Badge tone="info">{t('freight.isDefault')}</Badge>
      ) : (
        <>
          <Button size="s" busy={choose.busy} onClick={() => choose.run(undefined)}>
            {t('freight.setDefault')}
          </Button>
          <Button size="s" tone="danger" onClick={() => setAsks(true)}>
            {t('freight.remove')}
          </Button>
          <Dialog
            open={asks}
            onClose={() => setAsks(false)}
            onConfirm={() => remove.run(undefined)}
            title={t('freight.removeTitle')}
            confirmLabel={t('freight.remove')}
            tone="danger"
            busy={remove.busy}
          >
            {t('freight.removeHint')}
          </Dialog>
        </>
      )}
    </div>
  )
}
