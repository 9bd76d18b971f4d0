import type { OrderFilter } from '@kaibo/contract/trade/orderdesk'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Dropdown } from 'antd'
import { sheetUrl } from './sheet-url.ts'

type ExportMenuProps = { shopId: string; query: OrderFilter; canReveal: boolean }

/** The orders on show as a file; with receivers only for those who may see them. */
export function ExportMenu({ shopId, query, canReveal }: ExportMenuProps) {
  const t = useT()
  const [language] = useLanguage()
  const word = language === 'en' ? 'en' : 'zh'
  const link = (format: 'csv' | 'xlsx', receivers: 'masked' | 'full') => ({
    key: `${format} ${receivers}`,
    label: (
      <a href={sheetUrl({ shopId, query, format, receivers, language: word })} download>
        {t(`desk.export.${format}`)}
        {receivers === 'full' && ` · ${t('desk.export.receivers')}`}
      </a>
    ),
  })
  const items = [
    link('xlsx', 'masked'),
    link('csv', 'masked'),
    ...(canReveal ? [link('xlsx', 'full'), link('csv', 'full')] : []),
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{t('desk.export.title')}</Button>
    </Dropdown>
  )
}
