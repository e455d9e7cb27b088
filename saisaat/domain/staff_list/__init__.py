"""Staff lists as offices keep them: from a table of cells to people, and from people to a plan of changes.

`tables` finds the heading row and what each column holds, `cells` reads single cells, `rows` makes people of lines or
says which cell is wrong, `plan` compares them with the people already known. Nothing here invents a person: each one
stands in a row of the file, named by its cells.
"""
