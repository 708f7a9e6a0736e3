
// Tables that can be searched, filtered and sorted. Without this script they are complete, in the order of the sheet.
(() => {
  'use strict';
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, {numeric: true, sensitivity: 'base'});
  const numbers = new Intl.NumberFormat(language);
  const separator = kind => numbers.formatToParts(12345.6).find(({type}) => type === kind).value;
  const [group, decimal] = [separator('group'), separator('decimal')];
  const plain = text => text.replaceAll(group, '').replace(decimal, '.');
  const number = /^-?\d+(\.\d+)?$/;
  const compare = (a, b) => number.test(plain(a)) && number.test(plain(b)) ? plain(a) - plain(b) : collator.compare(a, b);

  for (const tools of document.querySelectorAll('.tools[data-for]')) {
    const table = document.getElementById(tools.dataset.for);
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows].map(row => {
      const cells = [...row.cells].map(cell => cell.textContent.trim());
      return {row, cells, text: cells.join('\n').toLocaleLowerCase(language)};
    });
    const search = tools.querySelector('input');
    const shown = tools.querySelector('output');
    const choices = [];

    const filter = () => {
      const wanted = search.value.trim().toLocaleLowerCase(language);
      let count = 0;
      for (const {row, cells, text} of rows) {
        row.hidden = !text.includes(wanted) || choices.some(({at, select}) => select.selectedIndex > 0 && select.value !== cells[at]);
        count += row.hidden ? 0 : 1;
      }
      shown.textContent = tools.dataset.shown.replace('{shown}', numbers.format(count)).replace('{all}', numbers.format(rows.length));
    };

    const sort = (head, at) => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      rows.sort((a, b) => up ? compare(a.cells[at], b.cells[at]) : compare(b.cells[at], a.cells[at]));
      body.append(...rows.map(({row}) => row));
    };

    heads.forEach((head, at) => {
      if ('choose' in head.dataset) {
        const label = document.createElement('label');
        const select = document.createElement('select');
        label.append(head.textContent + ' ', select);
        select.append(new Option(tools.dataset.all, ''));
        const values = [...new Set(rows.map(({cells}) => cells[at]))].sort(collator.compare);
        for (const value of values) select.append(new Option(value, value));
        select.addEventListener('change', filter);
        choices.push({at, select});
        shown.before(label);
      }
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      button.addEventListener('click', () => sort(head, at));
      head.replaceChildren(button);
    });
    search.addEventListener('input', filter);
    filter();
    tools.hidden = false;
  }
})();
