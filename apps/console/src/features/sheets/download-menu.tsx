import type { SheetFormat } from '@kaibo/contract/sheet'
import { Button, type ButtonProps } from '@kaibo/ui/control/button.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Dropdown } from 'antd'

type DownloadMenuProps = {
  label: string
  /** Address of the file below `/api`, with what else is asked of it. */
  path: string
  query?: Readonly<Record<string, string>>
  size?: ButtonProps['size']
}

const formats = ['xlsx', 'csv'] as const satisfies readonly SheetFormat[]

/** A file in the format of one's choice, with headings in the language of the page. */
export function DownloadMenu({ label, path, query = {}, size }: DownloadMenuProps) {
  const t = useT()
  const [language] = useLanguage()
  const items = formats.map(format => {
    const wish = { ...query, format, language: language === 'en' ? 'en' : 'zh' }
    return {
      key: format,
      label: (
        <a href={`/api${path}?${new URLSearchParams(wish)}`} download>
          {t(`sheet.format.${format}`)}
        </a>
      ),
    }
  })
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon="download" size={size}>
        {label}
      </Button>
    </Dropdown>
  )
}
