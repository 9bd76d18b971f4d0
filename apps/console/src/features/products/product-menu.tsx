import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dropdown } from 'antd'
import { useState } from 'react'
import { useNarrow } from '../../components/use-narrow.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { ImportDialog } from '../product-sheet/import-dialog.tsx'
import { useDownloads } from '../sheets/download-menu.tsx'
import { ClearShelf } from './clear-shelf.tsx'

/** What is done with all products at once, apart from what is done every day. */
export function ProductMenu({ onShelfCount }: { onShelfCount: number }) {
  const t = useT()
  const isNarrow = useNarrow()
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  const [opened, setOpened] = useState<'import' | 'clear' | null>(null)
  const downloads = useDownloads({ path: `/shops/${shopId}/product-sheet` })
  const close = () => setOpened(null)
  const canManage = can('catalog.manage')
  const items = [
    { key: 'export', type: 'group' as const, label: t('productSheet.export'), children: downloads },
    ...(canManage
      ? [
          { key: 'line', type: 'divider' as const },
          { key: 'import', label: t('productSheet.import'), onClick: () => setOpened('import') },
          {
            key: 'clear',
            label: t('products.clear'),
            danger: true,
            disabled: onShelfCount === 0,
            onClick: () => setOpened('clear'),
          },
        ]
      : []),
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        {isNarrow ? (
          <IconButton icon="more" label={t('products.more')} />
        ) : (
          <Button icon="more">{t('products.more')}</Button>
        )}
      </Dropdown>
      <ImportDialog open={opened === 'import'} onClose={close} shopId={shopId} />
      <ClearShelf open={opened === 'clear'} onClose={close} onShelfCount={onShelfCount} />
    </>
  )
}
