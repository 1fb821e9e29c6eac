"""As little as a page of Streamlit with a chart and a table can be."""

import pandas as pd
import streamlit as st

from benchmarks.web import same

area_code = st.selectbox("Kreis", same.KREISE)
st.subheader(f"Kreis {area_code}")
st.plotly_chart(same.chart(area_code), theme=None)
st.table(pd.DataFrame(same.table(area_code)))
