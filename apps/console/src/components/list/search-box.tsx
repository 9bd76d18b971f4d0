import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Input } from 'antd'

type SearchBoxProps = { label: string; value: string; onSearch: (typed: string) => void }

/** Searches on Enter, and shows everything again when it is emptied. */
export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  return (
    <Input
      key={value}
      className="search"
      type="search"
      aria-label={label}
      placeholder={label}
      prefix={<Icon name="search" />}
      defaultValue={value}
      allowClear
      onPressEnter={event => onSearch(event.currentTarget.value)}
      onClear={() => onSearch('')}
    />
  )
}
