"""The round trip of the 政府信息公开工作年度报告: new, check, merge, diff, report. The command is `xls`."""
