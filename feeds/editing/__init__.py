"""What a copy editor does with an article whose Persian is set right; pure.

headline     kicker and headline parted, marks off that promise what the post has not
kinds        news, photo story, film, interview, opinion
byline       whose news it is: the agency, and whom that has it from
lines        the lines of a page that are none of the text's own
boilerplate  the agency's formulas, cut out of the sentences they open
story        dateline, lead and body
choosing     which sentences can be told again, and how each stands alone
post         the lead and the bullets that are chosen, within their budgets
summary      what is shown in little room: sentences whole, as they came
"""
