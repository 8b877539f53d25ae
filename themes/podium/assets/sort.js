// Lets the reader sort a table by any of its columns. Without this script the table stands by rank.

for (const table of document.querySelectorAll('table.sortable')) {
  const words = table.parentElement.dataset;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const said = document.createElement('p');
  said.className = 'sr';
  said.setAttribute('role', 'status');
  table.parentElement.after(said);

  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? cell.textContent.trim();
    return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
  };
  const compare = (a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);

  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const first = head.dataset.first ?? 'ascending';
      const other = first === 'ascending' ? 'descending' : 'ascending';
      const order = head.getAttribute('aria-sort') === first ? other : first;
      for (const each of heads) each.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', order);
      const sign = order === 'ascending' ? 1 : -1;
      // Equal rows stay in the order of the table.
      body.append(...[...rows].sort((a, b) => sign * compare(value(a, column), value(b, column))));
      said.textContent = words.sorted.replace('{column}', button.textContent.trim()).replace('{order}', words[order]);
    });
  });
}
