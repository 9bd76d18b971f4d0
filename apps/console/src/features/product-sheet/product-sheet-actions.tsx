import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { DownloadMenu } from '../sheets/download-menu.tsx'
import { ImportDialog } from './import-dialog.tsx'

/** Import and export of the shop's products, for the head of a product list. */
export function ProductSheetActions() {
  const t = useT()
  const shop = useMyShop()
  const { can } = useWorkplace()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {can('catalog.manage') && (
        <Button icon="upload" onClick={() => setOpen(true)}>
          {t('productSheet.import')}
        </Button>
      )}
      <DownloadMenu label={t('productSheet.export')} path={`/shops/${shop.id}/product-sheet`} />
      <ImportDialog open={isOpen} onClose={() => setOpen(false)} shopId={shop.id} />
    </>
  )
}
