"""The mathematics of a cluster plan: sets, parameters, decisions and rows, and nothing else.

Naming rule: ``SETS`` in capitals, ``parameters`` in lower case (fields of :class:`models.instance.Instance`, read as
``m.given.<name>``), ``Decisions`` and the expressions in them with a capital, rows as statements that are true of every
feasible plan (``need_is_met_or_unmet``). One file a block, one function a row; the row in the model has the function's
name, so that code, LP file and documentation use one word.

Index letters: ``i, j`` cities; ``t`` periods, ``u`` the period of a start; ``a`` measures; ``s`` services; ``x``
indicators; ``c`` consumers of routes, ``r`` a consumer's routes; ``l`` budget lines, ``q`` purses of costs, or the policy
that permits something; ``g`` goals, ``f`` a goal or a jurisdiction's own, ``n`` the n worst cities (0: the worst share of
people); ``p`` parks, ``v`` value chains, ``k`` industries, or kinds of cost; ``h`` airsheds; ``y`` jurisdictions; ``b``
curves; ``e`` members of a programme, ``o`` a member's offers. A prime marks another of the same kind.
"""
